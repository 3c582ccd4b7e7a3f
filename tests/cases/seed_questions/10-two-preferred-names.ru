PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX person: <https://w3id.org/comity/id/person/>
INSERT DATA {
  person:hasan-basri-kurt skos:prefLabel "Hasan Kurt"@en .
}
