import { UserError } from '../../env/index.ts';
import type { TableFile } from './table-file.ts';

/** Names that columns go by elsewhere, without case, accents and signs; earlier ones win. */
const ALIASES = {
  date: `date day week month ds datetime timestamp invoicedate orderdate saledate salesdate transactiondate transactiontimestamp weekstart
    datum tag woche monat belegdatum verkaufsdatum rechnungsdatum fecha dia semana mes jour semaine mois datedevente data giorno
    settimana maand dzien 日期 日付 날짜 дата`,
  item: `item itemid itemno itemcode sku skuid product productid productcode productno stockcode article articleid articleno articlecode
    material uniqueid ean gtin upc artikel artikelnummer artikelnr artikelid produkt produktnummer articulo producto codigo referencia
    produit reference prodotto articolo codice produto artigo towar 商品 商品编号 产品 品番 상품 товар артикул code`,
  quantity: `quantity qty units unitssold quantitysold qtysold soldquantity sold demand pieces pcs y menge anzahl stuck stueck stuckzahl
    absatz cantidad unidades quantite unites quantita quantidade aantal ilosc antal 数量 销量 販売数 수량 количество`,
  price: `price unitprice salesprice sellprice sellingprice listprice preis einzelpreis stuckpreis stueckpreis verkaufspreis precio
    preciounitario prix prixunitaire prezzo prezzounitario preco precounitario prijs cena pris 价格 单价 価格 単価 가격 цена`,
  description: `description name itemname productname itemdescription productdescription title bezeichnung artikelbezeichnung beschreibung
    descripcion nombre libelle designation descrizione descricao nome omschrijving nazwa 名称 描述 商品名 설명 описание название`,
  category: `category productcategory itemcategory producttype group productgroup department kategorie warengruppe categoria familia
    categorie famille reparto kategoria 类别 カテゴリ 분류 категория`,
  transaction: `transaction transactionid invoice invoiceno invoicenumber invoiceid order orderid orderno ordernumber receipt receiptid
    basket basketid ticket bon bonnr beleg belegnummer rechnung rechnungsnummer bestellnummer factura facture fattura pedido commande`,
  customer: 'customer customerid customerno client clientid householdid kunde kundennummer kundennr cliente klant klient',
  text: 'text note notes event comment remark message notiz ereignis bemerkung texto nota evento texte evenement testo tekst',
  known: 'known knownfrom announced bekannt bekanntab conocido connu',
  from: 'from start startdate begin validfrom date von ab beginn desde inicio debut du dal',
  to: 'to end enddate until validto bis ende hasta fin au al',
  depth: 'depth discount discountrate pricecut rabatt nachlass descuento remise sconto korting',
  onHand: `onhand stock stockonhand onhandqty qtyonhand instock inventory available bestand lagerbestand vorrat existencias stockactual
    stockdisponible giacenza voorraad estoque`,
  onOrder: `onorder ordered openorder openorders openpo inbound intransit incoming qtyonorder bestellt offenebestellung offenebestellungen
    unterwegs pedido enpedido encommande inordine inbestelling`,
  due: 'due duedate expected expecteddate arrival arrivaldate eta deliverydate lieferdatum liefertermin entrega livraison consegna',
  unitCost:
    'unitcost cost costprice purchaseprice buyingprice einkaufspreis ek stuckkosten coste costo costeunitario prixachat inkoopprijs',
  holdingCost: 'holdingcost carryingcost storagecost lagerkosten lagerhaltungskosten',
  shortageCost: 'shortagecost stockoutcost penalty penaltycost lostsalecost fehlmengenkosten',
  leadTime: 'leadtime deliverytime replenishmenttime lieferzeit wiederbeschaffungszeit plazo plazoentrega delai delailivraison levertijd',
  orderCost: 'ordercost orderingcost fixedcost setupcost bestellkosten',
  minimumOrder: 'minimumorder minorder moq minimumorderquantity minorderqty mindestbestellmenge mindestmenge',
  batch: 'batch batchsize lot lotsize multiple ordermultiple casepack casesize innerpack losgrosse gebinde',
  packSize: 'packsize pallet palletsize unitsperpallet palette palettenmenge',
  volume: 'volume cubic unitvolume volumen',
  supplier: 'supplier vendor supplierid lieferant proveedor fournisseur fornitore leverancier',
  life: 'life shelflife haltbarkeit',
  minimumValue: 'minimumvalue minvalue minimumordervalue minordervalue mindestbestellwert',
  minimumUnits: 'minimumunits minunits',
  decision: 'decision entscheidung',
  decidedOrder: 'decidedorder',
} as const;

export type ColumnName = keyof typeof ALIASES;

/** Number of the column in the file behind each name that was found. */
export type ColumnNumbers = Partial<Record<ColumnName, number>>;

/** Which column is which: as mapped, by its own name, or by one that it goes by elsewhere. Throws UserError where a needed one is not there. */
export function matchColumns(
  file: TableFile,
  needed: readonly ColumnName[],
  optional: readonly ColumnName[],
  map: Readonly<Record<string, string>>,
): ColumnNumbers {
  const found: ColumnNumbers = {};
  const taken = new Set<number>();
  for (const rule of [mapped(file, map), named(file)]) {
    for (const name of [...needed, ...optional]) {
      const column = found[name] === undefined ? rule(name, taken) : -1;
      if (column < 0) continue;
      refuseTwins(file, column);
      found[name] = column;
      taken.add(column);
    }
  }
  const missing = needed.find((name) => found[name] === undefined);
  if (missing === undefined) return found;
  const shown = file.columns.join(file.separator ?? ',').slice(0, 200);
  throw new UserError(
    `${file.path}, line 1: no column '${missing}' among '${shown}'; expected ${needed.join(', ')}; rename it in the header or add --map ${missing}=COLUMN`,
  );
}

function refuseTwins({ path, columns }: TableFile, column: number): void {
  if (columns.filter((name) => name === columns[column]).length === 1) return;
  throw new UserError(`${path}, line 1: two columns '${columns[column]}'; expected one; rename the other in the header`);
}

/** Checks that a mapping names columns that exist: in at least one of the files. */
export function checkMap(map: Readonly<Record<string, string>>, files: readonly TableFile[]): void {
  for (const [name, column] of Object.entries(map)) {
    if (!Object.hasOwn(ALIASES, name)) {
      throw new UserError(`--map ${name}=${column}: no such name; expected one of ${Object.keys(ALIASES).join(', ')}`);
    }
    if (files.some(({ columns }) => columns.includes(column))) continue;
    const [{ path, columns }] = files;
    throw new UserError(`--map ${name}=${column}: ${path} has no column '${column}'; expected one of ${columns.join(', ')}`);
  }
}

type Rule = (name: ColumnName, taken: ReadonlySet<number>) => number;

function mapped(file: TableFile, map: Readonly<Record<string, string>>): Rule {
  return (name) => (map[name] === undefined ? -1 : file.columns.indexOf(map[name]));
}

function named(file: TableFile): Rule {
  const plain = file.columns.map(plainName);
  return (name, taken) => {
    for (const alias of ALIASES[name].split(/\s+/)) {
      const column = plain.findIndex((known, k) => known === plainName(alias) && !taken.has(k));
      if (column >= 0) return column;
    }
    return -1;
  };
}

/** Unit Price, unit_price and UNITPRICE are one name; so are Stück and Stuck. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{Letter}\p{Number}]/gu, '')
    .toLowerCase();
}
