document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a.away");
  if (link) { event.preventDefault(); location.replace(link.href); }
});
document.addEventListener("submit", function (event) {
  if (event.target.sent) { event.preventDefault(); }
  event.target.sent = true;
});
window.addEventListener("pageshow", function (event) {
  if (event.persisted) { location.reload(); }
});
