// Reduces words to roots as scripts/sopan/site/search_words.py tells; of the dictionary it loads what a word needs.
export const words = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []

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
      const [found] = this.#known(layer).sort((a, b) => b.length - a.length || word.includes(b) - word.includes(a))
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
    let layer = [word]
    for (let taken = 0; taken <= this.#told.imbuhan && layer.length; taken++) {
      yield layer
      layer = [...new Set(layer.flatMap(form => this.#withOneAffixLess(form)))]
    }
  }

  #withOneAffixLess(word) {
    const rests = this.#told.akhiran.filter(end => word.endsWith(end)).map(end => word.slice(0, -end.length))
    for (const [start, replaced] of Object.entries(this.#told.awalan))
      if (word.startsWith(start) && !(start.endsWith("n") && "gy".includes(word[start.length] ?? " "))) rests.push(...replaced.map(letter => letter + word.slice(start.length)))
    return rests.filter(rest => rest.length >= this.#told.terpendek)
  }
}
