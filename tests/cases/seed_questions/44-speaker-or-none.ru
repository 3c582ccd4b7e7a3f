PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX person: <https://w3id.org/comity/id/person/>
PREFIX utterance: <https://w3id.org/comity/id/utterance/>
INSERT DATA {
  utterance:kobia-visit-2021-satisfaction comity:speaker person:hasan-basri-kurt .
}
