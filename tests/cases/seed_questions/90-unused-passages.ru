PREFIX prov: <http://www.w3.org/ns/prov#>
DELETE WHERE {
  ?node prov:wasDerivedFrom <https://w3id.org/comity/id/passage/kosgeb-kobia-2021-02-25/8>
}
