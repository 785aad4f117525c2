/** One Server-Sent Event (HTML Living Standard, 9.2). */
export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Cuts a stream of text into events. Read through `fetch` and not `EventSource`, which cannot send an Authorization
 * header.
 */
export class EventParser {
  private rest = '';
  private event = '';
  private data: string[] = [];

  constructor(private readonly emit: (event: ServerEvent) => void) {}

  feed(text: string): void {
    this.rest += text;
    let start = 0;
    for (;;) {
      const end = this.rest.indexOf('\n', start);
      if (end < 0) break;
      const last = end > start && this.rest[end - 1] === '\r' ? end - 1 : end;
      this.line(this.rest.slice(start, last));
      start = end + 1;
    }
    this.rest = this.rest.slice(start);
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data.length > 0) this.emit({ event: this.event || 'message', data: this.data.join('\n') });
      this.event = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
  }
}
