import { readFileSync } from 'node:fs';
import { defineConfig } from 'astro/config';

const site = JSON.parse(readFileSync(new URL('./src/site.json', import.meta.url), 'utf-8'));

export default defineConfig({
  site: site.origin || undefined,
  base: site.base_path || undefined,
  // A page is published as the file that its address names: /a/ is a/index.html, /a.html is a.html.
  build: { format: 'preserve' },
});
