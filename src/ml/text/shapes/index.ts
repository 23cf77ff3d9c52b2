export { before, matchFrom, type Shape } from './at.ts';
export { findEmail, findIpAddress, findPhone, findUrl } from './contact-shapes.ts';
export { findCard, findIban, maskPaymentNumbers } from './payment-shapes.ts';
