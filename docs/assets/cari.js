// The search page: the newest bundle that holds what is asked for comes first, whose nearest result is shown until the
// other years and pages are joined. One that holds only some of the words waits for them: it is seldom the nearest.
import { Roots, words } from "./akar.js"
import { json, open, started } from "./indeks.js"
import { table } from "./letak.js"

const form = document.getElementById("cari")
const said = document.getElementById("cari-hasil")
const list = document.getElementById("cari-temuan")
const more = document.getElementById("cari-lagi")
const filters = ["kelas", "jenis", "tahun"]
const PAGE = 10, ENOUGH = 5, WINDOW = 32, LEAD = 8

const search = new URL(".", location.href.split("?")[0]), engine = new URL("mesin/", search)
const rules = json(new URL("aturan.json", engine)).then(told => new Roots(engine, told))
const program = started(new URL("wasm.unknown.pagefind", engine))

// Tables and bundles are loaded once.
const kept = make => {
  const made = new Map()
  return key => made.get(key) ?? made.set(key, make(key)).get(key)
}
const tables = kept(scope => table(new URL(scope, search)))
const opened = kept(({ place, pages }) => open(place, pages, program))

// The roots that are asked for. What peeling does not explain, the table does, with what else it tells of each root.
const read = async (query, roots, { of }) => {
  const told = async () => {
    const wanted = await roots.wanted(query), held = await Promise.all(wanted.map(of))
    held.forEach(({ otherwise }) => roots.learn(otherwise))
    return { wanted, held }
  }
  await told()
  return told()
}

// The bundles, first the one that holds a word and what the results are narrowed by, as far as the table tells.
const ordered = async (held, facets, year, { bundles, of }) => {
  if (year) return bundles.filter(({ name }) => name.split("-")[0] === year)
  const places = some => some.map(({ first }) => first).filter(first => first >= 0)
  const start = Math.max(0, Math.min(...places(held)), ...places(await Promise.all(facets.map(of))))
  const [first = bundles[0]] = bundles.slice(start)
  return [first, ...bundles.filter(bundle => bundle !== first)]
}

// How rare a word is among so many pages, as Pagefind weighs it; a bundle alone takes its own pages for all there are.
const rarity = (pages, holding) => Math.log(1 + (pages - holding + 0.5) / (holding + 0.5))
const sum = (some, of) => some.reduce((total, one) => total + of(one), 0)

// Pages with all words first; where they are few, pages with at least half of them, which are told apart.
const find = async (among, wanted, facets) => {
  const held = await Promise.all(among.map(async bundle => ({
    pages: bundle.pages,
    byWord: await Promise.all(wanted.map(bundle.of)),
    byFacet: await Promise.all(facets.map(bundle.of)),
  })))
  const pages = sum(held, one => one.pages)
  const everywhere = wanted.map((_, at) => rarity(pages, sum(held, one => one.byWord[at].length)))
  const scores = new Map()
  for (const one of held) {
    const fitting = one.byFacet.map(results => new Set(results.map(result => result.key)))
    one.byWord.forEach((results, at) => {
      const share = everywhere[at] / rarity(one.pages, results.length)
      for (const result of results) {
        if (!fitting.every(keys => keys.has(result.key))) continue
        const earlier = scores.get(result.key) ?? { result, count: 0, score: 0 }
        scores.set(result.key, { result, count: earlier.count + 1, score: earlier.score + result.score * share })
      }
    })
  }
  const ranked = [...scores.values()].sort((a, b) => b.count - a.count || b.score - a.score)
  const whole = ranked.filter(one => one.count === wanted.length)
  const partly = whole.length < ENOUGH ? ranked.filter(one => one.count < wanted.length && one.count * 2 >= wanted.length) : []
  return { found: [...whole, ...partly].map(one => one.result), nearest: ranked[0]?.result, whole: whole.length }
}

// The stretch of a text in which most of the wanted roots stand: its text, and how many of them.
const stretch = (text, wanted, roots) => {
  const hits = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(match => [match.index, roots.of(words(match[0])[0] ?? "")])
  let best = { count: 0, from: 0, to: hits.length > WINDOW ? hits[WINDOW][0] : text.length }
  hits.forEach(([, root], at) => {
    if (!wanted.has(root)) return
    const from = Math.max(0, at - LEAD), next = hits[from + WINDOW]
    const count = new Set(hits.slice(from, from + WINDOW).map(hit => hit[1]).filter(one => wanted.has(one))).size
    if (count > best.count) best = { count, from: hits[from][0], to: next ? next[0] : text.length }
  })
  const cut = text.slice(best.from, best.to).trim()
  return { count: best.count, text: `${best.from ? "… " : ""}${cut}${best.to < text.length ? " …" : ""}` }
}

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const marked = (text, wanted, roots) =>
  text.split(/([\p{L}\p{N}]+)/u).map(piece => {
    const [word] = words(piece)
    return word && wanted.has(roots.of(word)) ? element("mark", {}, piece) : piece
  })

const rowOf = async (result, wanted, roots) => {
  const { url, butir } = await result.data(), { locations } = result
  const address = form.dataset.akar + url.replace(/^\//, "")
  const summary = { count: stretch(butir.ringkasan, wanted, roots).count, text: butir.ringkasan, part: null }
  const stretches = butir.bagian.map(part => ({ ...stretch(part.teks, wanted, roots), part }))
  const [best] = [summary, ...stretches].sort((a, b) => b.count - a.count)
  const { text, part } = best.count ? best : [summary, ...stretches].find(one => one.text) ?? summary
  const deep = best.count ? part : butir.bagian.findLast(one => locations.some(at => at >= one.mulai))
  const item = element("li", {},
    element("h2", {}, element("a", { href: address }, ...marked(butir.judul, wanted, roots))),
    element("p", { className: "sopan-label" }, butir.label.join(" · ")),
    element("p", {}, ...marked(text, wanted, roots)))
  if (deep?.jangkar) {
    const place = element("a", { href: `${address}#${deep.jangkar}` }, deep.judul)
    item.append(element("p", { className: "sopan-label" }, "Pada bagian: ", place))
  }
  return item
}

let latest = 0
const show = async () => {
  const turn = ++latest, asked = new FormData(form), query = asked.get("q").trim()
  const facets = filters.map(name => asked.get(name)).filter(Boolean), [year] = asked.get("tahun").match(/\d{4}/) ?? []
  list.ariaBusy = "true"
  const roots = await rules, places = await tables(asked.get("bagian"))
  const { wanted, held } = await read(query, roots, places), set = new Set(wanted)
  const all = wanted.length ? await ordered(held, facets, year, places) : [], joined = []
  const join = async some => {
    joined.push(...await Promise.all(some.map(opened)))
    return find(joined, wanted, facets)
  }
  const put = async results => {
    const rows = await Promise.all(results.map(result => rowOf(result, set, roots)))
    if (turn !== latest) return
    const focused = document.activeElement?.closest("#cari-temuan a")?.href
    list.replaceChildren(...rows)
    if (focused) [...list.querySelectorAll("a")].find(link => link.href === focused)?.focus()
  }
  let told = { found: [], whole: 0 }
  while (all.length && turn === latest) {
    if (told.whole) await put([told.nearest]) // for the while that the others take
    told = await join(all.splice(0, told.nearest ? all.length : 1))
  }
  if (turn !== latest) return
  await put(told.found.slice(0, PAGE))
  if (turn !== latest) return
  const { found, whole } = told
  said.textContent = query && sentence(query, wanted.length, whole, found.length)
  more.hidden = found.length <= PAGE
  more.onclick = async () => {
    const from = list.children.length
    const added = await Promise.all(found.slice(from, from + PAGE).map(result => rowOf(result, set, roots)))
    list.append(...added)
    more.hidden = list.children.length >= found.length
    added[0].querySelector("a").focus()
  }
  list.ariaBusy = "false"
}

const sentence = (query, wanted, whole, all) => {
  if (!wanted) return "Tulis kata yang lebih khusus."
  if (!all) return `Tidak ada hasil untuk “${query}”. Coba kata lain, atau lepaskan penyaring.`
  if (!whole) return `Tidak ada yang memuat semua kata “${query}”. ${all} hasil memuat sebagian katanya.`
  return `${all} hasil untuk “${query}”.${all > whole ? ` ${all - whole} di antaranya memuat sebagian katanya.` : ""}`
}

const trouble = () => {
  list.ariaBusy = "false"
  said.textContent = "Pencarian gagal dimuat. Muat ulang halaman ini, atau buka daftar informasi."
}

// The address holds what is asked for, so that a search can be kept, shared and gone back to.
const remember = () => {
  const asked = [...new FormData(form)].filter(([, value]) => value)
  history.replaceState(null, "", `?${new URLSearchParams(asked)}`)
}

let waiting
const ask = () => {
  clearTimeout(waiting)
  remember()
  show().catch(trouble)
}
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements[name]
  if (field && (field.type === "search" || [...field.options].some(option => option.value === value))) field.value = value
}
form.addEventListener("submit", event => { event.preventDefault(); ask() })
form.addEventListener("change", ask)
form.elements.q.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 250) })
show().catch(trouble)
