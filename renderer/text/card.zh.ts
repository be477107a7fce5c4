import type { CardText } from './card.en.ts';

export const cardZh: CardText = {
  title: '信封',
};
