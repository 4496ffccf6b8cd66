import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'astro/config';

const site = JSON.parse(readFileSync(new URL('./src/site.json', import.meta.url), 'utf-8'));

// A page whose address names a file of another kind, or one beside a folder of its name.
const filesAsAsked = {
  name: 'files-as-asked',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const folder = fileURLToPath(dir);
      for (const file of site.page_files) {
        const made = join(folder, `${file}.html`);
        if (existsSync(made)) renameSync(made, join(folder, file));
      }
    },
  },
};

export default defineConfig({
  site: site.origin || undefined,
  base: site.base_path || undefined,
  // A page is published as the file that its address names: /a/ is a/index.html, /a.html is a.html.
  build: { format: 'preserve' },
  integrations: [filesAsAsked],
});
