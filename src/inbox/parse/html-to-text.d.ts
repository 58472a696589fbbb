/** What is used of html-to-text, which comes without types. */
declare module 'html-to-text' {
  export interface HtmlToTextOptions {
    readonly wordwrap?: number | false
    readonly preserveNewlines?: boolean
    readonly limits?: Readonly<Record<string, number | string>>
    readonly selectors?: readonly {
      readonly selector: string
      readonly format?: string
      readonly options?: Readonly<Record<string, unknown>>
    }[]
  }
  export function convert(html: string, options?: HtmlToTextOptions): string
}
