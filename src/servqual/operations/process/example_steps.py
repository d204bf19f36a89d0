"""The steps of a night in a hotel and of a meal in a restaurant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from servqual.labels import Label
from servqual.operations.process.steps import Lane

Lanes = Mapping[Lane | str, Mapping[str, Label | str] | Iterable[str]]

HOTEL_LABEL = Label("a night in a hotel", "酒店住宿")
HOTEL: Lanes = {
    "customer": {
        "book": Label("book a room", "预订客房"),
        "arrive": Label("arrive", "抵达酒店"),
        "check_in": Label("check in", "办理入住"),
        "stay": Label("stay in the room", "入住客房"),
        "breakfast": Label("have breakfast", "用早餐"),
        "check_out": Label("check out", "结账离店"),
    },
    "onstage": {
        "porter": Label("take the bags", "门童接待行李"),
        "reception": Label("register the guest", "前台登记"),
        "waiter": Label("serve breakfast", "送上早餐"),
        "cashier": Label("present the bill", "出示账单"),
    },
    "backstage": {
        "reservations": Label("keep reservations", "受理预订"),
        "housekeeping": Label("make up the room", "整理客房"),
        "kitchen": Label("prepare breakfast", "准备早餐"),
    },
    "support": {"system": Label("registration system", "登记系统")},
}
HOTEL_ARROWS = (
    "book -> reservations -> system -> reception -> check_in",
    "arrive -> porter -> stay",
    "system -> housekeeping -> stay",
    "reception -> stay",
    "kitchen -> waiter -> breakfast",
    "system -> cashier -> check_out",
    "waiter -> cashier",
)

RESTAURANT_LABEL = Label("a meal in a restaurant", "餐厅用餐")
RESTAURANT: Lanes = {
    "customer": {
        "enter": Label("enter", "进店"),
        "sit": Label("sit down", "就座"),
        "order": Label("order", "点菜"),
        "eat": Label("eat", "用餐"),
        "pay": Label("pay", "付款"),
    },
    "onstage": {
        "host": Label("greet and seat", "迎宾领位"),
        "take_order": Label("take the order", "接受点菜"),
        "serve": Label("serve the dishes", "上菜"),
        "bill": Label("bring the bill", "送上账单"),
    },
    "backstage": {"cook": Label("cook", "烹调")},
    "support": {"purchase": Label("buy ingredients", "采购原料"), "till": Label("till", "收银系统")},
}
RESTAURANT_ARROWS = (
    "enter -> host -> sit",
    "order -> take_order -> cook -> serve -> eat",
    "purchase -> cook",
    "take_order -> till -> bill -> pay",
)
