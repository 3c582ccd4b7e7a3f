PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX event: <https://w3id.org/comity/id/event/>
PREFIX place: <https://w3id.org/comity/id/place/>
INSERT DATA {
  event:next-visit a comity:Event ; comity:envisaged true ; comity:place place:karabakh .
}
