// Pagefind's WebAssembly, which all bundles share; of a bundle only the pieces that hold the words are loaded.
const MARK = "pagefind_dcd"
const encoder = new TextEncoder(), decoder = new TextDecoder()

export const json = async place => (await fetched(place)).json()
const fetched = async place => {
  const answer = await fetch(place)
  if (!answer.ok) throw new Error(place)
  return answer
}
// Whether or not the server or the browser unpacked it on the way.
const bytes = async place => {
  let read = new Uint8Array(await (await fetched(place)).arrayBuffer())
  const isPlain = () => decoder.decode(read.subarray(0, MARK.length)) === MARK
  if (!isPlain()) {
    const unpacked = new Blob([read]).stream().pipeThrough(new DecompressionStream("gzip"))
    read = new Uint8Array(await new Response(unpacked).arrayBuffer())
  }
  if (!isPlain()) throw new Error(place)
  return read.subarray(MARK.length)
}

// The program, to be started once, as soon as it is known that there will be a search.
export const started = async place => {
  let exports
  const prepare = () => {
    const table = exports.__wbindgen_externrefs, offset = table.grow(4)
    table.set(0, undefined);
    [undefined, null, true, false].forEach((value, at) => table.set(offset + at, value))
  }
  const imports = { "./pagefind_web_bg.js": { __wbindgen_init_externref_table: prepare } }
  exports = (await WebAssembly.instantiate(await bytes(place), imports)).instance.exports
  exports.__wbindgen_start()
  const given = value => {
    const data = typeof value === "string" ? encoder.encode(value) : value
    const at = exports.__wbindgen_malloc(data.length, 1) >>> 0
    new Uint8Array(exports.memory.buffer).set(data, at)
    return [at, data.length]
  }
  const taken = ([at, length]) => {
    const text = decoder.decode(new Uint8Array(exports.memory.buffer, at >>> 0, length))
    exports.__wbindgen_free(at, length, 1)
    return JSON.parse(text)
  }
  return {
    open: meta => exports.enter_playground_mode(exports.init_pagefind(...given(meta))) >>> 0, // tells which words matched
    pieces: (index, word) => taken(exports.request_indexes(index, ...given(word))),
    load: (index, piece) => exports.load_index_chunk(index, ...given(piece)) >>> 0,
    search: (index, word) => taken(exports.search(index, ...[word, word, "{}", ""].flatMap(given), false, false)).results,
  }
}

export const open = async (place, pages, program) => {
  const [meta, pagefind] = await Promise.all([bytes(new URL("isi.pf_meta", place)), program])
  let index = pagefind.open(meta)
  const loading = new Map(), texts = new Map()
  const load = async piece => {
    const read = await bytes(new URL(`${piece}.pf_index`, place))
    index = pagefind.load(index, read)
  }
  const of = async word => {
    const pieces = pagefind.pieces(index, word).filter(Boolean)
    await Promise.all(pieces.map(piece => loading.get(piece) ?? loading.set(piece, load(piece)).get(piece)))
    const holds = ({ l: found }) => found.some(one => one.v.ws.startsWith(word)) // and not a word that is only like it
    return pagefind.search(index, word).filter(holds).map(({ p: id, s: score, l: found }) =>
      ({ key: `${place.pathname}${id}`, score, locations: found.map(one => one.l), data: () => text(id) }))
  }
  const text = id => {
    if (!texts.has(id))
      texts.set(id, bytes(new URL(`${id}.pf_fragment`, place)).then(read => JSON.parse(decoder.decode(read))))
    return texts.get(id)
  }
  return { pages, of }
}
