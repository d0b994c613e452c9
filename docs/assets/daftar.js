// Narrows and sorts the list of public information over its years: reads the pages of the list that are needed, the
// newest year first, until enough is shown. Without it every year is a readable table of its own.
(() => {
  const form = document.getElementById("saring")
  if (!form) return
  const said = document.getElementById("saring-hasil"), more = document.getElementById("saring-lagi")
  const found = document.getElementById("saring-temuan"), whole = document.getElementById("saring-semua")
  const fields = [...form.elements].filter(field => field.name)
  const filters = ["kelas", "jenis", "unit"].filter(name => form.elements[name])
  const years = form.dataset.bagian.split(" ").map(one => one.split(":"))
  const ENOUGH = 50
  const byTitle = (a, b) => a.dataset.judul.localeCompare(b.dataset.judul, "id")
  const byDay = (a, b) => b.dataset.terbit.localeCompare(a.dataset.terbit) || byTitle(a, b)

  const pages = new Map()
  const opened = place => {
    if (!pages.has(place)) pages.set(place, place === location.pathname ? Promise.resolve(document) : fetched(place))
    return pages.get(place)
  }
  const fetched = async place => {
    const answer = await fetch(place)
    if (!answer.ok) throw new Error(place)
    return new DOMParser().parseFromString(await answer.text(), "text/html")
  }
  const section = async (year, count) => {
    const places = Array.from({ length: count }, (_, at) =>
      new URL(`${form.dataset.akar}informasi/${at ? `${year}-${at + 1}` : year}/`, location).pathname)
    const read = await Promise.all(places.map(opened))
    const rows = read.flatMap((page, at) => [...page.querySelectorAll(".sopan-tahun tbody tr")].map(row => {
      const copy = document.importNode(row, true), link = copy.querySelector("a")
      link.href = new URL(link.getAttribute("href"), new URL(places[at], location)).pathname
      return copy
    }))
    return { rows, frame: read[0].querySelector(".sopan-tahun") }
  }

  let latest = 0
  const show = async () => {
    const turn = ++latest, asked = new FormData(form)
    const narrowed = fields.some(field => field.value)
    whole.hidden = narrowed
    found.hidden = !narrowed
    found.replaceChildren()
    more.hidden = true
    said.textContent = ""
    if (!narrowed) return
    const wanted = years.filter(([year]) => !asked.get("tahun") || year === asked.get("tahun"))
    const fits = row => filters.every(name => !asked.get(name) || row.dataset[name] === asked.get(name))
    let total = 0, next = 0
    const go = async () => {
      more.hidden = true
      const goal = total + ENOUGH, before = total
      let first
      while (next < wanted.length && total < goal) {
        const [year, count] = wanted[next]
        const { rows, frame } = await section(year, +count)
        if (turn !== latest) return
        next += 1
        const shown = rows.filter(fits).sort(asked.get("urut") ? byDay : byTitle)
        shown.forEach((row, place) => { row.cells[0].textContent = place + 1 })
        if (!shown.length) continue
        const part = document.importNode(frame, true), heading = part.querySelector("h2")
        heading.id = `temuan-${year}`
        heading.querySelector("a").hash = heading.id
        part.setAttribute("aria-labelledby", heading.id)
        part.querySelector("tbody").replaceChildren(...shown)
        found.append(part)
        total += shown.length
        first ??= shown[0].querySelector("a")
      }
      const left = wanted.slice(next).map(([year]) => year)
      said.textContent = `${total} informasi${left.length ? ` dari tahun ${wanted[next - 1][0]} sampai ${wanted[0][0]}` : ""}`
      more.hidden = !left.length
      if (left.length) more.textContent = `Cari juga pada tahun ${left[0]}${left.length > 1 ? " dan sebelumnya" : ""}`
      if (before) first?.focus()
    }
    more.onclick = () => go().catch(trouble)
    await go()
  }
  const trouble = () => { said.textContent = "Daftar gagal dimuat. Muat ulang halaman ini, atau buka daftar menurut tahun." }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements[name]
    if (fields.includes(field) && [...field.options].some(option => option.value === value)) field.value = value
  }
  form.hidden = false
  form.addEventListener("change", () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString()
    history.replaceState(null, "", asked ? `?${asked}` : location.pathname)
    show().catch(trouble)
  })
  form.addEventListener("submit", event => event.preventDefault())
  show().catch(trouble)
})()
