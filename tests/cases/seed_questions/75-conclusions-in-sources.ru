PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX agency: <https://w3id.org/comity/id/agency/>
PREFIX country: <https://w3id.org/comity/id/country/>
INSERT DATA {
  GRAPH <https://w3id.org/comity/graph/source/kosgeb-kobia-2021-02-25> {
    agency:kosgeb comity:ofCountry country:tr .
  }
}
