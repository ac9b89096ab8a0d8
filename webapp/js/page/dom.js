// @ts-check
/** What the modules of the page share. Only this folder and app.js touch the document, and they put text there, never markup. */

/** @param {string} id @returns {any} */
export const $ = (id) => document.getElementById(id);

/** @param {string} id @param {string} type @param {(event: any) => void} run */
export const when = (id, type, run) => $(id).addEventListener(type, run);

/** @param {string} tag @param {string} [className] @param {string} [text] */
export function element(tag, className = '', text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {HTMLElement} scroll */
export const isAtEnd = (scroll) => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
