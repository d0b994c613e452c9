// Narrows and sorts the list of public information. Without it the list is a whole, readable table.
(() => {
  const form = document.getElementById("saring")
  if (!form) return
  const said = document.getElementById("saring-hasil")
  const years = [...document.querySelectorAll(".sopan-tahun")]
  const rows = years.flatMap(year => [...year.querySelectorAll("tbody tr")])
  const filters = ["kelas", "jenis", "unit", "tahun"]
  const order = {
    judul: (a, b) => a.dataset.judul.localeCompare(b.dataset.judul, "id"),
    terbit: (a, b) => b.dataset.terbit.localeCompare(a.dataset.terbit) || order.judul(a, b),
  }

  const show = () => {
    const wanted = new FormData(form)
    const fits = row => filters.every(name => !wanted.get(name) || row.dataset[name] === wanted.get(name))
    rows.forEach(row => { row.hidden = !fits(row) })
    years.forEach(year => {
      const body = year.querySelector("tbody")
      body.append(...[...body.rows].sort(order[wanted.get("urut")]))
      const shown = [...body.rows].filter(row => !row.hidden)
      shown.forEach((row, place) => { row.cells[0].textContent = place + 1 })
      year.hidden = !shown.length
    })
    said.textContent = `${rows.filter(row => !row.hidden).length} dari ${rows.length} informasi`
  }

  form.hidden = false
  form.addEventListener("change", show)
  form.addEventListener("submit", event => event.preventDefault())
  show()
})()
