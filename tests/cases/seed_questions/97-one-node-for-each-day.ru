PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX timepoint: <https://w3id.org/comity/id/time/>
INSERT DATA {
  timepoint:fourteenth-of-may-2019 comity:edtf "2019-05-14"^^edtf:EDTF .
}
