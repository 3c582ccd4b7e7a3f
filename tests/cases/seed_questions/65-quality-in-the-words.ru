PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX relation: <https://w3id.org/comity/id/relation/>
INSERT DATA {
  relation:kosgeb-kobia comity:quality "excellent" .
}
