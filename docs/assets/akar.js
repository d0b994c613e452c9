// Reduces words to roots as scripts/sopan/site/search_words.py tells; of the dictionary it loads what a word needs.
import { json } from "./indeks.js"

export const words = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []

// The number of the part that a word lies in, of parts that begin with these words; -1 where it lies before them all.
export const partOf = (starts, word) => {
  let from = 0, to = starts.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (starts[middle] <= word) from = middle + 1
    else to = middle
  }
  return from - 1
}

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
    this.#told.mulai = told.mulai.split(" ")
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
      const parts = new Set(layer.map(form => partOf(this.#told.mulai, form)))
      await Promise.all([...parts].filter(part => part >= 0).map(part => this.#load(part)))
      if (this.#known(layer).length) return
    }
  }

  #known(layer) {
    return layer.filter(form => this.#pieces.get(partOf(this.#told.mulai, form))?.has(form))
  }

  #load(part) {
    if (!this.#loading.has(part))
      this.#loading.set(part, json(new URL(`${part}.json`, this.#place))
        .then(found => this.#pieces.set(part, new Set(found.split(" ")))))
    return this.#loading.get(part)
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
