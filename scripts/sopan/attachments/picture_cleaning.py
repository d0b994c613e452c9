"""A picture without the records that programs and cameras add; a photo keeps the one that says which side is up."""

from __future__ import annotations

from sopan.attachments import jpeg, png


def clean(data: bytes) -> bytes:
    """The picture alone; bytes that are none as they are."""
    if data.startswith(png.SIGNATURE):
        kept = (chunk.stored for chunk in png.chunks(data) if chunk.kind in png.PICTURE)
        return png.SIGNATURE + b"".join(kept)
    if data.startswith(jpeg.SIGNATURE):
        return _photo(list(jpeg.segments(data)))
    return data


def _photo(segments: list[jpeg.Segment]) -> bytes:
    kept = [segment.stored for segment in segments if jpeg.belongs(segment)]
    if not any(jpeg.belongs(segment) and jpeg.upside(segment) for segment in segments):
        kept = [*(jpeg.upright(side) for side in filter(None, map(jpeg.upside, segments))), *kept]
    return jpeg.START + b"".join(kept)
