// Reduces words to roots as scripts/sopan/site/search_words.py tells; of the dictionary it loads what a word needs.
export const words = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []

// Whether a root stands in the word as it is, or what hides its beginning is no k: those are rarer.
const isOpen = (root, word) => word.includes(root) || root[0] !== "k"

export class Roots {
  #place
  #told
  #otherwise = {}
  #pieces = new Map()
  #loading = new Map()

  constructor(place, told) {
    this.#place = place
    this.#told = told
    this.#told.akar = new Set(told.akar.match(/../g))
    this.common = new Set(told.umum.split(" "))
  }

  // Words of the site's texts whose root is not what peeling would find.
  learn(otherwise) {
    Object.assign(this.#otherwise, otherwise)
  }

  async wanted(query) {
    const asked = words(query).filter(word => !this.common.has(word))
    await Promise.all(asked.map(word => this.#learnOf(word)))
    return [...new Set(asked.map(word => this.of(word)))]
  }

  // As far as the loaded pieces tell: enough to see whether it is a root that was asked for.
  of(word) {
    if (this.#otherwise[word]) return this.#otherwise[word]
    for (const layer of this.#layers(word)) {
      const [found] = this.#known(layer).sort((a, b) =>
        isOpen(b, word) - isOpen(a, word) || b.length - a.length || word.includes(b) - word.includes(a))
      if (found) return found
    }
    return word
  }

  async #learnOf(word) {
    if (!/^[a-z]+$/.test(word) || this.#otherwise[word]) return
    for (const layer of this.#layers(word)) {
      const starts = new Set(layer.map(form => form.slice(0, 2)))
      await Promise.all([...starts].filter(start => this.#told.akar.has(start)).map(start => this.#load(start)))
      if (this.#known(layer).length) return
    }
  }

  #known(layer) {
    return layer.filter(form => this.#pieces.get(form.slice(0, 2))?.has(form))
  }

  #load(start) {
    if (!this.#loading.has(start))
      this.#loading.set(start, fetch(new URL(`${start}.json`, this.#place)).then(answer => answer.json())
        .then(found => this.#pieces.set(start, new Set(found.split(" ")))))
    return this.#loading.get(start)
  }

  *#layers(word) {
    const bare = this.#without(word, this.#told.partikel)
    for (const form of [word, ...bare]) yield [form]
    for (const stem of [...bare, word]) {
      const cut = this.#without(stem, this.#told.akhiran)
      for (const start of stem.endsWith("i") ? [stem, ...cut] : [...cut, stem]) {
        let layer = [start]
        for (let taken = 0; taken <= this.#told.lapis && layer.length; taken++) {
          yield layer
          layer = [...new Set(layer.flatMap(form => this.#withoutBeginning(form)))]
        }
      }
    }
  }

  #without(word, endings) {
    return endings.filter(end => word.endsWith(end)).map(end => word.slice(0, -end.length)).filter(rest => this.#isLong(rest))
  }

  #withoutBeginning(word) {
    return Object.entries(this.#told.awalan).flatMap(([start, replaced]) => {
      const rest = word.slice(start.length)
      if (!word.startsWith(start) || !rest || (start.endsWith("n") && "gy".includes(rest[0]))) return []
      return replaced.map(letter => letter + rest).filter(form => this.#isLong(form))
    })
  }

  #isLong(form) {
    return form.length >= this.#told.terpendek
  }
}
