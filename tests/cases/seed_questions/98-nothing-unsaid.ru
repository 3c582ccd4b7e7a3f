PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX person: <https://w3id.org/comity/id/person/>
INSERT DATA {
  person:hasan-basri-kurt foaf:knows person:orhan-mammadov .
}
