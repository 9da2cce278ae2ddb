"""The tables of the Flask service that a shop may come from: names, types and defaults are its own."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(255), unique=True, nullable=False, index=True)
    password_hash = Column(String(255), nullable=False)
    name = Column(String(255), nullable=False)
    role = Column(String(50), default="customer")
    created_at = Column(DateTime, default=datetime.utcnow)
    updated_at = Column(DateTime, default=datetime.utcnow, onupdate=datetime.utcnow)

    def to_dict(self):
        return {
            "id": self.id, "email": self.email, "name": self.name, "role": self.role,
            "created_at": self.created_at, "updated_at": self.updated_at,
        }


class Product(Base):
    __tablename__ = "products"

    id = Column(Integer, primary_key=True)
    name = Column(String(255), nullable=False)
    description = Column(Text)
    price = Column(Numeric(10, 2), nullable=False)
    stock = Column(Integer, default=0)
    category = Column(String(100), index=True)
    created_at = Column(DateTime, default=datetime.utcnow)
    updated_at = Column(DateTime, default=datetime.utcnow, onupdate=datetime.utcnow)

    def to_dict(self):
        return {
            "id": self.id, "name": self.name, "description": self.description,
            "price": float(self.price), "stock": self.stock, "category": self.category,
            "created_at": self.created_at, "updated_at": self.updated_at,
        }


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False, index=True)
    status = Column(String(50), default="pending")
    subtotal = Column(Numeric(10, 2), nullable=False)
    tax = Column(Numeric(10, 2), nullable=False, default=0)
    discount_amount = Column(Numeric(10, 2), default=0)
    total = Column(Numeric(10, 2), nullable=False)
    discount_code = Column(String(50), nullable=True)
    created_at = Column(DateTime, default=datetime.utcnow)
    updated_at = Column(DateTime, default=datetime.utcnow, onupdate=datetime.utcnow)

    items = relationship("OrderItem", backref="order", lazy="select")

    def to_dict(self, include_items=False):
        result = {
            "id": self.id, "user_id": self.user_id, "status": self.status,
            "subtotal": float(self.subtotal), "tax": float(self.tax),
            "discount_amount": float(self.discount_amount), "total": float(self.total),
            "discount_code": self.discount_code,
            "created_at": self.created_at, "updated_at": self.updated_at,
        }
        if include_items:
            result["items"] = [item.to_dict() for item in self.items]
        return result


class OrderItem(Base):
    __tablename__ = "order_items"

    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"), nullable=False, index=True)
    product_id = Column(Integer, ForeignKey("products.id"), nullable=False)
    quantity = Column(Integer, nullable=False)
    unit_price = Column(Numeric(10, 2), nullable=False)
    total_price = Column(Numeric(10, 2), nullable=False)

    product = relationship("Product")

    def to_dict(self):
        return {
            "id": self.id, "order_id": self.order_id, "product_id": self.product_id,
            "product_name": self.product.name if self.product else None,
            "quantity": self.quantity, "unit_price": float(self.unit_price),
            "total_price": float(self.total_price),
        }
