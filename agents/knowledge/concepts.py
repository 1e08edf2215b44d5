"""What businesses of these kinds are asked again and again, and its words in five languages.

So a question finds an entry that says it in another word, or in another language. A word belongs to a concept when it
is listed, or begins with a listed word of five letters or more ("Kindersprechstunde").
"""

from functools import lru_cache

LONG = 5

_CONCEPTS = {
    "parking": """park parking car cars vehicle garage parken parkplatz parkplatze parkhaus auto stellplatz aparcar
    aparcamiento coche estacionar estacionamiento garer voiture stationner stationnement estacionamento carro
    viatura""",
    "paying": """pay paying payment payments paid zahlen bezahlen zahlung bezahlung pagar pago pagos payer paiement
    pagamento pagamentos cash bar bargeld efectivo especes dinheiro""",
    "card": "card cards karte karten kreditkarte kartenzahlung tarjeta tarjetas carte cartes cb cartao cartoes",
    "instalments": """instalment instalments installment installments monthly finance raten ratenzahlung monatlich
    plazos cuotas mensual mensualites versements prestacoes mensalidades""",
    "child": """child children kid kids son daughter baby babies toddler minor minors kind kinder kindern sohn
    tochter nino ninos nina ninas hijo hija menor menores bebe enfant enfants fils fille mineur mineurs crianca
    criancas filho filha""",
    "parent": "parent parents mother father guardian eltern elternteil padres tutor mere pere pais",
    "pregnancy": """pregnant pregnancy schwanger schwangerschaft embarazada embarazadas embarazo enceinte grossesse
    gravida gravidez""",
    "animal": """dog dogs pet pets cat cats animal animals hund hunde haustier haustiere tiere perro perros mascota
    mascotas animales chien chiens animaux cao caes animais""",
    "access": """wheelchair disabled disability accessible accessibility step ramp lift elevator mobility rollstuhl
    behindert barrierefrei behinderung aufzug silla minusvalidos discapacidad accesible ascensor fauteuil handicape
    ascenseur pmr cadeira deficiencia acessivel elevador""",
    "internet": "wifi wlan internet wireless",
    "insurance": """insurance insurer insured versicherung versichert krankenkasse kasse seguro seguros mutua
    aseguradora assurance mutuelle seguradora""",
    "voucher": "voucher vouchers gift gutschein gutscheine vale bono bonos regalo cadeau presente",
    "invoice": "invoice receipt bill rechnung quittung beleg factura facturas recibo facture factures recu fatura",
    "cancelling": """cancel cancelled cancellation cancellations missed absagen absage stornieren stornierung
    cancelar cancelacion anular annuler annulation cancelamento desmarcar""",
    "lateness": "late delay verspatung verspatet tarde retraso retard atraso atrasado atrasada",
    "transport": """bus tram train metro underground station bahn strassenbahn ubahn zug haltestelle autobus tren
    tranvia tramway gare autocarro comboio""",
    "fear": """afraid fear nervous scared terrified anxious anxiety phobia angst angstpatient miedo ansiedad peur
    angoisse medo ansiedade""",
    "sedation": """sedation sedated anaesthetic anesthetic anaesthesia anesthesia sedierung narkose betaubung
    sedacion anestesia anesthesie sedacao""",
    "results": "result results ergebnis ergebnisse befund befunde resultado resultados resultat resultats",
    "prescription": "prescription prescriptions rezept folgerezept receta recetas ordonnance receita receitas",
    "referral": "referral uberweisung volante derivacion courrier encaminhamento",
    "allergy": "allergy allergic allergies allergie allergisch alergia alergias allergique",
    "toilet": "toilet toilets bathroom restroom toilette toiletten wc bano aseo aseos toilettes",
    "refund": "refund refunds erstattung reembolso remboursement",
    "deposit": "deposit anzahlung deposito acompte arrhes sinal",
    "clothes": "clothes clothing wear kleidung anziehen ropa vestir vetements tenue roupa",
    "fasting": "fasting fast nuchtern ayunas jeun jejum",
    "drinks": "coffee tea drink drinks kaffee tee getranke cafe bebida bebidas boisson boissons",
    "smoking": "smoke smoking tobacco cigarette rauchen tabak fumar tabaco fumer tabac",
    "exercise": "exercise sport sports gym training sportart deporte deportes entrenar treinar treino esforco esforcos",
}
_BY_WORD = {word: name for name, words in _CONCEPTS.items() for word in words.split()}
_PREFIXES = tuple(sorted((word for word in _BY_WORD if len(word) >= LONG), key=len, reverse=True))


@lru_cache(maxsize=20_000)
def concept_of(word: str) -> str:
    """Of a folded word, as a lexeme that no text holds by itself; "" for none."""
    name = _BY_WORD.get(word, "")
    if not name and len(word) > LONG:
        name = next((_BY_WORD[each] for each in _PREFIXES if word.startswith(each)), "")
    return f"zz{name}" if name else ""


def concepts_in(folded_text: str) -> str:
    return " ".join(dict.fromkeys(filter(None, map(concept_of, folded_text.split()))))
