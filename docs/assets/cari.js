// The search page. Words are reduced to roots as the index was (scripts/sopan/site/search_words.py tells how), Pagefind
// finds, and this shows what was found as plain text. Without it the page leads to the list, which is whole by itself.
const form = document.getElementById("cari")
const said = document.getElementById("cari-hasil")
const list = document.getElementById("cari-temuan")
const more = document.getElementById("cari-lagi")
const filters = ["kelas", "jenis", "tahun"]
const PAGE = 10, ENOUGH = 5, WINDOW = 32, LEAD = 8

const words = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []

class Roots {
  #known
  #told
  #seen = new Map()

  constructor(told) {
    this.#told = told
    this.#known = new Set(told.akar.split(" "))
    this.common = new Set(told.umum)
  }

  of(word) {
    if (!this.#seen.has(word)) this.#seen.set(word, this.#told.lain[word] ?? this.#peel(word))
    return this.#seen.get(word)
  }

  wanted(query) {
    return [...new Set(words(query).filter(word => !this.common.has(word)).map(word => this.of(word)))]
  }

  #peel(word) {
    let layer = new Set([word])
    for (let taken = 0; taken <= this.#told.imbuhan; taken++) {
      for (const form of layer) if (this.#known.has(form)) return form
      layer = new Set([...layer].flatMap(form => this.#withOneAffixLess(form)))
    }
    return word
  }

  #withOneAffixLess(word) {
    const rests = this.#told.akhiran.filter(end => word.endsWith(end)).map(end => word.slice(0, -end.length))
    for (const [start, replaced] of Object.entries(this.#told.awalan))
      if (word.startsWith(start)) rests.push(...replaced.map(letter => letter + word.slice(start.length)))
    return rests.filter(rest => rest.length >= this.#told.terpendek)
  }
}

// A bundle of the index, opened once: what the public finds, or what officers find.
const bundles = new Map()
const opened = name => {
  if (!bundles.has(name)) bundles.set(name, open(new URL(name, location.href.split("?")[0])))
  return bundles.get(name)
}
const open = async place => {
  const [told, module] = await Promise.all([
    fetch(new URL("kata.json", place)).then(answer => answer.json()),
    import(new URL("pagefind.js", place)),
  ])
  const engine = module.createInstance({ basePath: place.pathname, noWorker: true, metaCacheTag: "" })
  await engine.init()
  return { roots: new Roots(told), of: async word => (await engine.search(word)).results }
}

// Pages with all words first; where they are few, pages with at least half of them, which are told apart.
const find = async (bundle, wanted, facets) => {
  const [byWord, byFacet] = await Promise.all([wanted, facets].map(some => Promise.all(some.map(bundle.of))))
  const among = byFacet.map(results => new Set(results.map(result => result.id)))
  const scores = new Map()
  for (const result of byWord.flat()) {
    if (!among.every(ids => ids.has(result.id))) continue
    const earlier = scores.get(result.id) ?? { result, count: 0, score: 0 }
    scores.set(result.id, { result, count: earlier.count + 1, score: earlier.score + result.score })
  }
  const ranked = [...scores.values()].sort((a, b) => b.count - a.count || b.score - a.score)
  const whole = ranked.filter(one => one.count === wanted.length)
  const partly = whole.length < ENOUGH ? ranked.filter(one => one.count < wanted.length && one.count * 2 >= wanted.length) : []
  return { found: [...whole, ...partly].map(one => one.result), whole: whole.length }
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

const shown = async (result, wanted, roots) => {
  const { url, butir, locations } = await result.data()
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
  list.ariaBusy = "true"
  const bundle = await opened(asked.get("bagian"))
  const wanted = bundle.roots.wanted(query), set = new Set(wanted)
  const { found, whole } = await find(bundle, wanted, filters.map(name => asked.get(name)).filter(Boolean))
  const next = from => Promise.all(found.slice(from, from + PAGE).map(result => shown(result, set, bundle.roots)))
  const first = await next(0)
  if (turn !== latest) return
  list.replaceChildren(...first)
  said.textContent = query && sentence(query, wanted.length, whole, found.length)
  more.hidden = found.length <= PAGE
  more.onclick = async () => {
    const added = await next(list.children.length)
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
