PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX agency: <https://w3id.org/comity/id/agency/>
PREFIX country: <https://w3id.org/comity/id/country/>
DELETE DATA {
  GRAPH <https://w3id.org/comity/graph/curation> {
    agency:kosgeb comity:ofCountry country:tr .
  }
}
