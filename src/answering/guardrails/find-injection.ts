export { findOrders as findInjections, removeOrders as removeInjections } from '../../intake/index.ts';
