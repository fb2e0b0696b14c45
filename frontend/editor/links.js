/** The address as it may stand in a report, or null. Old unencrypted addresses are raised to https. */
export function safeHref(address) {
  const href = (address ?? "").trim().replace(/^http:/i, "https:");
  if (/^(https:\/\/|mailto:)[^\s]+$/i.test(href)) return href;
  if (/^\/[^/\\\s]/.test(href)) return href;
  if (/^www\.[^\s]+\.[^\s]+$/i.test(href)) return `https://${href}`;
  return null;
}
