export const cached = false;

export function lastSeen(events) {
  return events.length > 0 ? events[events.length - 1] : undefined;
}
