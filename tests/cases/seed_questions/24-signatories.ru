PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX person: <https://w3id.org/comity/id/person/>
PREFIX act: <https://w3id.org/comity/id/act/>
PREFIX participation: <https://w3id.org/comity/id/participation/>
INSERT DATA {
  participation:signing-kurt comity:participant person:hasan-basri-kurt ;
    comity:event act:kosgeb-kobia-mou-2019-signing .
}
