/**
 * Tells the office what the clock of this device says, on loading and each hour. No page of a device
 * goes by it: what is shown and how long is waited follow from the office's time and from a counter
 * that no clock moves. But whoever looks after the device should know that it is wrong.
 */
const tellMs = 3600 * 1_000

function tell(): void {
  // What cannot be told now is told in an hour.
  fetch('/urzadzenie/zegar', { method: 'POST', body: new URLSearchParams({ teraz: String(Date.now()) }) }).catch(() => undefined)
}

tell()
setInterval(tell, tellMs)
