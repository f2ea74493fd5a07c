// Says politely when the browser is offline, and for a moment when it is back
// (components/connection_notice.html).

const BACK_SHOWN_MS = 4000;

/**
 * @param {ParentNode} page
 */
export function watchConnection(page) {
  const notice = page.querySelector("[data-connection-notice]");
  const offline = notice?.querySelector("[data-offline]");
  const online = notice?.querySelector("[data-online]");
  if (!(offline instanceof HTMLElement) || !(online instanceof HTMLElement)) {
    return;
  }
  let later = 0;

  const lose = () => {
    window.clearTimeout(later);
    offline.hidden = false;
    online.hidden = true;
  };

  const find = () => {
    offline.hidden = true;
    online.hidden = false;
    later = window.setTimeout(() => (online.hidden = true), BACK_SHOWN_MS);
  };

  window.addEventListener("offline", lose);
  window.addEventListener("online", find);
  if (!navigator.onLine) {
    lose();
  }
}
