PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX code: <https://w3id.org/comity/code/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX agreement: <https://w3id.org/comity/id/agreement/>
PREFIX act: <https://w3id.org/comity/id/act/>
INSERT DATA {
  act:entry comity:agreement agreement:kosgeb-kobia-mou-2019 ;
    dcterms:type code:entry-into-force .
}
