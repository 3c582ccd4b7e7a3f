PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX place: <https://w3id.org/comity/id/place/>
INSERT DATA {
  place:karabakh skos:altLabel "liberated Karabakh"@en .
}
