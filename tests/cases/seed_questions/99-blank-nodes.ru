PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX person: <https://w3id.org/comity/id/person/>
INSERT DATA {
  GRAPH <https://w3id.org/comity/graph/source/kosgeb-kobia-2021-02-25> {
    [] comity:participant person:hasan-basri-kurt .
  }
}
