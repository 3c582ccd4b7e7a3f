PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX correction: <https://w3id.org/comity/id/correction/>
DELETE WHERE {
  correction:aliyev prov:wasDerivedFrom ?passage
}
