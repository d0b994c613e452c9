"""The exceptions of Sopan: raised only where judging or acting cannot go on."""


class SopanError(Exception):
    """Cannot go on. The message is one Indonesian sentence that ends with the cure; exit code 2."""


class GitUnavailable(SopanError):
    """Git, or the repository, cannot answer: absent, too old, shallow, damaged."""
