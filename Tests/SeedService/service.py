"""A Flask + SQLAlchemy service of the same contract: what `storefront-server adopt` is tried on and runs beside, and
what speed is compared with.

It does what that service does, its weaknesses included: prices are floats, stock is read, compared and written back
in separate steps, a discount is taken off twice. What kept it from working at all is mended: it compares passwords
as bytes and reckons the tax in decimals.

    gunicorn --workers 2 --bind 127.0.0.1:5000 'service:create_app()'
"""

import base64
import hashlib
import hmac
import json
import os
import time
from functools import wraps

from flask import Flask, g, jsonify, request
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import scoped_session, sessionmaker

from models import Base, Order, OrderItem, Product, User

try:
    import bcrypt

    def hash_password(password):
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()

    def is_password(password, kept):
        return bcrypt.checkpw(password.encode(), kept.encode())

except ImportError:
    import crypt

    def hash_password(password):
        return crypt.crypt(password, crypt.mksalt(crypt.METHOD_BLOWFISH))

    def is_password(password, kept):
        return hmac.compare_digest(crypt.crypt(password, kept) or "", kept)


TAX_RATE = 0.085
DISCOUNTS = {"SAVE10": 0.10, "SAVE20": 0.20, "SAVE30": 0.30, "FLAT5": None}


def database_url():
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    part = lambda name, default: os.environ.get("DATABASE_" + name, default)
    return "postgresql://{}:{}@{}:{}/{}".format(
        part("USER", "appuser"), part("PASSWORD", "apppassword"), part("HOST", "localhost"),
        part("PORT", "5432"), part("NAME", "ecommerce"))


# Tokens: HS256, the user's id as text, an hour.

def packed(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def signature(text):
    key = os.environ.get("SECRET_KEY", "dev-secret-key").encode()
    return packed(hmac.new(key, text.encode(), hashlib.sha256).digest())


def make_token(user_id):
    now = int(time.time())
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": str(user_id), "iat": now, "exp": now + 3600}]
    text = ".".join(packed(json.dumps(part).encode()) for part in parts)
    return text + "." + signature(text)


def token_user(token):
    text, _, signed = token.rpartition(".")
    if not text or not hmac.compare_digest(signature(text), signed):
        return None
    body = text.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return int(claims["sub"]) if claims["exp"] > time.time() else None


def signed_in(view):
    @wraps(view)
    def checked(*args, **kwargs):
        header = request.headers.get("Authorization", "")
        g.user_id = token_user(header[7:]) if header.startswith("Bearer ") else None
        if g.user_id is None:
            return jsonify({"msg": "Missing Authorization Header"}), 401
        return view(*args, **kwargs)
    return checked


def apply_discount(subtotal, code):
    """What is left, and what was taken off."""
    if code not in DISCOUNTS:
        return subtotal, 0
    share = DISCOUNTS[code]
    amount = 5.0 if share is None else subtotal * share
    return subtotal - amount, amount


def create_app():
    app = Flask(__name__)
    app.url_map.strict_slashes = False
    engine = create_engine(database_url())
    if engine.dialect.name == "sqlite":
        @event.listens_for(engine, "connect")
        def settle(connection, _):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
    try:
        Base.metadata.create_all(engine)
    except DBAPIError:
        # Another worker makes them at this moment; what is still missing then is an error.
        Base.metadata.create_all(engine)
    session = scoped_session(sessionmaker(bind=engine))
    app.teardown_appcontext(lambda _: session.remove())

    @app.post("/api/auth/register")
    def register():
        data = request.get_json()
        if not data or not data.get("email") or not data.get("password") or not data.get("name"):
            return jsonify({"error": "Missing required fields: email, password, name"}), 400
        if session.query(User).filter_by(email=data["email"]).first():
            return jsonify({"error": "Email already registered"}), 409
        user = User(
            email=data["email"], password_hash=hash_password(data["password"]), name=data["name"])
        session.add(user)
        session.commit()
        return jsonify({
            "message": "User registered successfully", "user": user.to_dict(),
            "access_token": make_token(user.id)}), 201

    @app.post("/api/auth/login")
    def login():
        data = request.get_json()
        if not data or not data.get("email") or not data.get("password"):
            return jsonify({"error": "Missing required fields: email, password"}), 400
        user = session.query(User).filter_by(email=data["email"]).first()
        if not user or not is_password(data["password"], user.password_hash):
            return jsonify({"error": "Invalid email or password"}), 401
        return jsonify({
            "message": "Login successful", "user": user.to_dict(),
            "access_token": make_token(user.id)}), 200

    @app.get("/api/auth/me")
    @signed_in
    def me():
        return jsonify({"user": session.get(User, g.user_id).to_dict()})

    @app.get("/api/products")
    def list_products():
        page = request.args.get("page", 1, type=int)
        per_page = request.args.get("per_page", 20, type=int)
        query = session.query(Product)
        if request.args.get("category"):
            query = query.filter_by(category=request.args["category"])
        total = query.order_by(None).count()
        rows = query.order_by(Product.created_at.desc()).limit(per_page).offset((page - 1) * per_page)
        return jsonify({
            "products": [product.to_dict() for product in rows], "total": total, "page": page,
            "per_page": per_page, "pages": -(-total // per_page)})

    @app.get("/api/products/<int:product_id>")
    def get_product(product_id):
        product = session.get(Product, product_id)
        if not product:
            return jsonify({"error": "Product not found"}), 404
        return jsonify({"product": product.to_dict()})

    @app.get("/api/products/search")
    def search():
        text = request.args.get("q", "")
        if not text:
            return jsonify({"error": "Search query is required"}), 400
        like = "%" + text + "%"
        rows = session.query(Product).filter(
            Product.name.ilike(like) | Product.description.ilike(like)).all()
        return jsonify({"products": [product.to_dict() for product in rows], "count": len(rows)})

    @app.post("/api/products")
    @signed_in
    def create_product():
        data = request.get_json()
        product = Product(
            name=data["name"], description=data.get("description"), price=data["price"],
            stock=data.get("stock", 0), category=data.get("category"))
        session.add(product)
        session.commit()
        return jsonify({"product": product.to_dict()}), 201

    @app.patch("/api/products/<int:product_id>")
    @signed_in
    def change_product(product_id):
        product = session.get(Product, product_id)
        if not product:
            return jsonify({"error": "Product not found"}), 404
        for name, value in request.get_json().items():
            setattr(product, name, value)
        session.commit()
        return jsonify({"product": product.to_dict()})

    @app.get("/api/orders")
    @signed_in
    def list_orders():
        rows = session.query(Order).filter_by(user_id=g.user_id).order_by(Order.created_at.desc()).all()
        return jsonify({"orders": [order.to_dict(include_items=True) for order in rows], "count": len(rows)})

    @app.get("/api/orders/<int:order_id>")
    @signed_in
    def get_order(order_id):
        order = session.get(Order, order_id)
        if not order or order.user_id != g.user_id:
            return jsonify({"error": "Order not found"}), 404
        return jsonify({"order": order.to_dict(include_items=True)})

    @app.post("/api/orders")
    @signed_in
    def create_order():
        data = request.get_json()
        if not data or not data.get("items"):
            return jsonify({"error": "Order must include at least one item"}), 400
        subtotal = 0
        lines = []
        for wanted in data["items"]:
            product = session.get(Product, wanted.get("product_id"))
            if not product:
                return jsonify({"error": f"Product {wanted.get('product_id')} not found"}), 404
            quantity = wanted.get("quantity", 1)
            if product.stock < quantity:
                return jsonify({
                    "error": f"Insufficient stock for {product.name}. Available: {product.stock}"}), 400
            amount = float(product.price) * quantity
            subtotal += amount
            lines.append((product, quantity, float(product.price), amount))
        tax = subtotal * TAX_RATE
        discount_amount = 0
        code = data.get("discount_code")
        if code:
            subtotal, discount_amount = apply_discount(subtotal, code)
        order = Order(
            user_id=g.user_id, subtotal=subtotal, tax=tax, discount_amount=discount_amount,
            total=subtotal + tax - discount_amount, discount_code=code)
        session.add(order)
        session.flush()
        for product, quantity, price, amount in lines:
            session.add(OrderItem(
                order_id=order.id, product_id=product.id, quantity=quantity, unit_price=price,
                total_price=amount))
            product.stock -= quantity
        session.commit()
        return jsonify({"order": order.to_dict(include_items=True)}), 201

    @app.post("/api/payments/checkout")
    @signed_in
    def checkout():
        order = session.get(Order, (request.get_json() or {}).get("order_id"))
        if not order or order.user_id != g.user_id:
            return jsonify({"error": "Order not found"}), 404
        if order.status != "pending":
            return jsonify({"error": f"Order is already {order.status}"}), 400
        order.status = "paid"
        session.commit()
        return jsonify({"message": "Payment processed successfully", "order": order.to_dict()})

    return app
