FROM python:3.13-slim

WORKDIR /srv/pledgegraph
COPY requirements.lock .
RUN pip install --no-cache-dir --only-binary :all: --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

RUN mkdir /var/lib/pledgegraph && chown nobody /var/lib/pledgegraph
ENV PLEDGEGRAPH_STORE=embedded:/var/lib/pledgegraph
USER nobody
EXPOSE 8000
ENTRYPOINT ["pledgegraph"]
CMD ["serve", "--host", "0.0.0.0"]
