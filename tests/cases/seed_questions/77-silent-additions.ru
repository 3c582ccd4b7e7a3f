PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX place: <https://w3id.org/comity/id/place/>
PREFIX country: <https://w3id.org/comity/id/country/>
INSERT DATA {
  GRAPH <https://w3id.org/comity/graph/curation> {
    place:karabakh comity:inCountry country:az .
  }
}
