import type { CatalogueItem } from '../history.ts';
import { plainName } from './columns.ts';

/** What invoices list beside products, as whole descriptions or ids without case, accents and signs. */
const WORDS = new Set(
  `postage dotcompostage carriage shipping shippingfee shippingcost shippingcharge freight delivery deliverycharge deliveryfee handling
  handlingfee manual adjustment stockadjustment baddebt adjustbaddebt discount coupon samples sample bankcharges bankcharge amazonfee
  amazonfees crukcommission commission fee servicecharge surcharge rounding deposit giftvoucher giftcard
  versand versandkosten porto fracht rabatt skonto gutschein pfand rundung fraisdeport fraisdelivraison livraison remise arrondi consigne
  gastosdeenvio envio portes descuento speseditrasporto spedizione sconto verzendkosten korting frete desconto wysylka rabat`.split(/\s+/),
);
/** Ids that mean one of these by themselves. */
const CODES = new Set(['post', 'postage', 'shipping', 'freight', 'bankcharges', 'amazonfee', 'versand', 'porto', 'discount', 'giftcard']);
const VOUCHER = /\bgift (voucher|card)\b|\bgutschein\b|\bcheque cadeau\b/i;

/** Postage, fees, discounts, samples, vouchers: lines of an invoice that nobody keeps in stock. */
export function isNonProduct({ id, description }: Pick<CatalogueItem, 'id' | 'description'>): boolean {
  return CODES.has(plainName(id)) || WORDS.has(plainName(description)) || VOUCHER.test(description);
}
