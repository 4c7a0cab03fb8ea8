import type { HeaderFileKind } from './header-file.ts';

type ByKind = Readonly<Record<HeaderFileKind, string>>;

/** Texts of the file above a template. They come with the picker. */
export interface HeaderFileWords {
  readonly label: ByKind;
  readonly choose: ByKind;
  /** What was chosen is something else. */
  readonly wrong: ByKind;
}

const ptBr: HeaderFileWords = {
  label: { image: 'Foto do cabeçalho', video: 'Vídeo do cabeçalho', document: 'Documento do cabeçalho' },
  choose: { image: 'Escolher foto', video: 'Escolher vídeo', document: 'Escolher documento' },
  wrong: {
    image: 'Este modelo leva uma foto (JPG ou PNG).',
    video: 'Este modelo leva um vídeo (MP4).',
    document: 'Este modelo leva um documento (PDF).',
  },
};

const en: HeaderFileWords = {
  label: { image: 'Header picture', video: 'Header video', document: 'Header document' },
  choose: { image: 'Choose a picture', video: 'Choose a video', document: 'Choose a document' },
  wrong: {
    image: 'This template takes a picture (JPG or PNG).',
    video: 'This template takes a video (MP4).',
    document: 'This template takes a document (PDF).',
  },
};

export function headerFileWords(language: string): HeaderFileWords {
  return language.startsWith('en') ? en : ptBr;
}
