PREFIX code: <https://w3id.org/comity/code/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX agreement: <https://w3id.org/comity/id/agreement/>
INSERT DATA {
  agreement:kosgeb-kobia-mou-2019 dcterms:description code:in-force .
}
