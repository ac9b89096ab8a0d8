/** Asks the browser's own accessibility tree for what can be focused and has no name. */
export async function namelessControls(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes
    .filter(({ ignored, properties = [], role }) => !ignored && role.value !== 'RootWebArea' && properties.some(({ name, value }) => name === 'focusable' && value.value))
    .filter(({ name }) => !name?.value)
    .map(({ role }) => role.value);
}

/** Text with less than 4.5 to 1 against what it stands on (WCAG 2.2, 1.4.3). */
export function lowContrast(page) {
  return page.evaluate(() => {
    const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = (...colors) => {
      pixel.clearRect(0, 0, 1, 1);
      for (const color of colors) {
        pixel.fillStyle = color;
        pixel.fillRect(0, 0, 1, 1);
      }
      return [...pixel.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const grounds = (one) => (one ? [...grounds(one.parentElement), getComputedStyle(one).backgroundColor] : []);
    const low = [];
    for (const one of document.querySelectorAll('body *')) {
      const hasText = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!hasText || !one.checkVisibility() || one.closest('.unseen, noscript')) continue;
      const ground = grounds(one);
      const values = [paint(...ground), paint(...ground, getComputedStyle(one).color)].map((rgba) => luminance(rgba.slice(0, 3)));
      const ratio = (Math.max(...values) + 0.05) / (Math.min(...values) + 0.05);
      if (ratio < 4.5) low.push(`${one.className || one.tagName}: ${ratio.toFixed(2)}`);
    }
    return low;
  });
}
