import { readFileSync, writeFileSync } from 'node:fs';

/** A part of a Markdown file between `<!-- name: … -->` and `<!-- /name -->`, which a command writes. */
export class GeneratedSection {
  constructor(
    private readonly file: string,
    private readonly name: string,
  ) {}

  /** The lines that are there, without those that are empty. */
  get lines(): string[] {
    const [, section] = this.split();
    return section.split('\n').filter(line => line !== '');
  }

  /** Whether the section has this Markdown already. */
  async has(markdown: string): Promise<boolean> {
    return readFileSync(this.file, 'utf8') === (await this.fileWith(markdown));
  }

  /** Puts Markdown in its place, and formats the file. */
  async write(markdown: string): Promise<void> {
    writeFileSync(this.file, await this.fileWith(markdown));
  }

  private async fileWith(markdown: string): Promise<string> {
    const { format, resolveConfig } = await import('prettier');
    const [before, , after] = this.split();
    const config = await resolveConfig(this.file);
    const text = `${before}\n\n${markdown}\n\n${after}`;
    return format(text, { ...config, filepath: this.file });
  }

  /** The text up to the opening mark, the section, and the text from the closing mark on. */
  private split(): [before: string, section: string, after: string] {
    const text = readFileSync(this.file, 'utf8');
    const begin = new RegExp(`<!-- ${this.name}: .* -->`).exec(text);
    const end = text.indexOf(`<!-- /${this.name} -->`);
    if (begin === null || end === -1) throw new Error(`${this.file} has no section ${this.name}`);
    const start = begin.index + begin[0].length;
    return [text.slice(0, start), text.slice(start, end), text.slice(end)];
  }
}
