// Draws each page of a .hwpx as SVG with @rhwp/core, a reader of the format that is not ours.
// node draw_hwpx.mjs FOLDER_OF_THE_PACKAGE FILE.hwpx OUT  →  OUT-1.svg, OUT-2.svg, …; prints how many
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , folder, file, out] = process.argv;
const isWide = (char) => char.codePointAt(0) > 0x1100;
globalThis.measureTextWidth = (font, text) => {
  const size = parseFloat((font.match(/([\d.]+)px/) ?? [0, 10])[1]);
  return [...text].reduce((width, char) => width + (isWide(char) ? 0.92 : 0.55) * size, 0);
};
const { default: init, HwpDocument } = await import(pathToFileURL(`${folder}/rhwp.js`));
await init({ module_or_path: readFileSync(`${folder}/rhwp_bg.wasm`) });
const document = new HwpDocument(new Uint8Array(readFileSync(file)));
const count = document.pageCount();
for (let page = 0; page < count; page++) writeFileSync(`${out}-${page + 1}.svg`, document.renderPageSvg(page));
console.log(count);
