// Where a search begins: of each root the first bundle that holds it, as scripts/sopan/site/search_places.py tells.
import { partOf } from "./akar.js"
import { json } from "./indeks.js"

// The bundles of a folder in the order in which they are searched, and what the table tells of a root.
export const table = async scope => {
  const folder = new URL("letak/", scope), told = await json(new URL("isi.json", folder))
  const starts = told.mulai.split(" "), parts = new Map()
  const part = at => {
    if (!parts.has(at)) parts.set(at, json(new URL(`${told.berkas}/${at}.json`, folder)))
    return parts.get(at)
  }
  // The number of the first bundle with the root, or else with one that begins so; words that peeling does not explain.
  const of = async asked => {
    const at = partOf(starts, asked)
    const { akar, lain } = at < 0 ? { akar: [], lain: {} } : await part(at)
    const first = holds => akar.findIndex(held => held.split(" ").some(holds))
    const exact = first(root => root === asked)
    return { first: exact < 0 ? first(root => root.startsWith(asked)) : exact, otherwise: lain }
  }
  const bundles = told.bundel.map(([name, files, pages]) => ({ name, pages, place: new URL(`${name}/${files}/`, scope) }))
  return { bundles, of }
}
