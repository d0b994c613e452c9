// An announcement on the first page goes once its last day is over, even if the site was not published since.
document.querySelectorAll("[data-sampai]").forEach(one => {
  const today = new Date().toLocaleDateString("sv", { timeZone: one.dataset.zona })
  one.hidden = one.dataset.sampai < today
})
