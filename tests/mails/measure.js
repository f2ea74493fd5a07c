/* What is hard to read in this mail: by its own colours, and by those of programs that
   turn light mails dark by themselves. Returned as texts, nothing when all is well. */
(() => {
  const channels = (text) => text.match(/[\d.]+/g).map(Number);

  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const lightness = (rgb) => (Math.max(...rgb) + Math.min(...rgb)) / 510;

  // The same hue and saturation with the other lightness: each channel moves as far.
  const turned = (rgb) => rgb.map((value) => value + 255 * (1 - 2 * lightness(rgb)));

  const asItIs = { "as it is": (text, ground) => [text, ground] };
  // Programs that turn colours around have not heard of the dark stylesheet.
  const byDay = {
    ...asItIs,
    "all turned": (text, ground) => [turned(text), turned(ground)],
    "light grounds and dark texts turned": (text, ground) => [
      lightness(text) < 0.5 ? turned(text) : text,
      lightness(ground) > 0.5 ? turned(ground) : ground,
    ],
  };
  const ways = matchMedia("(prefers-color-scheme: dark)").matches ? asItIs : byDay;

  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor);
      if (alpha > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };

  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    if (!words || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const needed = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    const text = channels(style.color).slice(0, 3);
    for (const [way, turn] of Object.entries(ways)) {
      const ratio = contrast(...turn(text, groundOf(element)));
      if (ratio < needed) found.add(`${words}: ${ratio.toFixed(1)} ${way}`);
    }
  }
  for (const link of document.querySelectorAll("a.button")) {
    if (link.getBoundingClientRect().height < 44) found.add(`${link.textContent}: low`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.add("too wide");
  return [...found];
})()
