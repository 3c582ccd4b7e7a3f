PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX event: <https://w3id.org/comity/id/event/>
INSERT DATA {
  GRAPH <https://w3id.org/comity/graph/source/kosgeb-kobia-2021-02-25> {
    event:liberation-of-karabakh a comity:Event .
  }
}
