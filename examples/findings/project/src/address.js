export const strict = false;

export function parse(text) {
  var lines = text.split("\n");
  return { name: lines[0], street: lines[1], city: lines[2] };
}

export function isComplete(address) {
  return address.name != undefined && address.city != undefined;
}
