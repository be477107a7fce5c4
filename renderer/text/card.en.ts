export const cardEn = {
  title: 'Envelope',
};

export type CardText = typeof cardEn;
