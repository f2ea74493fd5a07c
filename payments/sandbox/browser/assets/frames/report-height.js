// Keeps the frame in the merchant's page exactly as high as what it shows.

// Room for focus rings; the page pulls the frame outwards by as much.
const MARGIN_PX = 4;

/**
 * @param {HTMLElement} content
 * @param {(height: number) => void} tell
 * @returns {() => void} looks at once: a frame out of sight is not observed in time
 */
export function reportHeight(content, tell) {
  let last = 0;
  const look = () => {
    const height = Math.ceil(content.getBoundingClientRect().height) + 2 * MARGIN_PX;
    if (height !== last) tell(height);
    last = height;
  };
  new ResizeObserver(look).observe(content);
  look();
  return look;
}
